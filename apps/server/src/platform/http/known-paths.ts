import type { RouteOptions } from 'fastify';

/** Which methods each registered path answers; Fastify itself only finds a route by both. */
export interface KnownPaths {
  add(route: RouteOptions): void;
  /** The methods a path answers, sorted; none when no route has it. */
  methodsOf(path: string): string[];
}

/** Starts with no path known; `add` is told of every route as it is registered. */
export function knownPaths(): KnownPaths {
  const paths = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  return {
    add: ({ url, method }) => {
      const path = paths.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
      paths.set(url, path);
      for (const one of [method].flat()) path.methods.add(one);
    },
    methodsOf: (path) => {
      const found = [...paths].filter(([url, { pattern }]) => pattern.test(path) && !isPageOfApi(url, path));
      return [...new Set(found.flatMap(([, { methods }]) => [...methods]))].sort();
    },
  };
}

/** Whether the path is one of programs, and the route a catch-all of pages that has nothing to do with it. */
function isPageOfApi(url: string, path: string): boolean {
  return isProgramPath(path) && (url === '*' || url === '/*');
}

/** Whether programs call this path: it answers with problem documents, never with a page. */
export function isProgramPath(path: string): boolean {
  return /^\/(api|callbacks|device|oidc|dev)(\/|$)/.test(path);
}

/** `/api/:id/*` as an expression: a parameter is one segment, a star is the rest. */
function patternOf(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[^/]+/g, '[^/]+')
    .replace(/\*/g, '.*');
  return new RegExp(`^${source}$`);
}
