import type { App } from '../../platform/http/app.ts';

/** Registers routes that take forms: their body is a URLSearchParams, repeated fields and all. */
export function registerFormRoutes(app: App, register: (scope: App) => void): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const type = 'application/x-www-form-urlencoded';
    scope.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) =>
      done(null, new URLSearchParams(body.toString())),
    );
    register(scope);
  });
}

/** The form of a request; empty when it has none. */
export const formOf = (body: unknown): URLSearchParams =>
  body instanceof URLSearchParams ? body : new URLSearchParams();
