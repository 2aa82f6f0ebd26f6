import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { type JudgeDeps, judgeRequest } from './judge-request.ts';

const { Check, Prompt, base } = interactionPolicy;

type Policy = ReturnType<typeof base>;

/**
 * When a request has to wait for the holder. Signing in is the gate's to judge; consent is the library's, by
 * the scopes of the grant.
 */
export function interactionsPolicy(deps: JudgeDeps): Policy {
  const policy = base();
  const subjectChecks = subjectsOf(policy);
  policy.remove('login');
  policy.add(loginPrompt(deps, subjectChecks), 0);
  const consent = policy.get('consent');
  // Claims are granted with their scopes; resources and authorization details are not supported.
  for (const reason of ['op_claims_missing', 'rs_scopes_missing', 'rar_prompt'])
    consent?.checks.remove(reason);
  return policy;
}

/** Reasons why the wrong person may be signed in; the sign-in then begins anew. */
export const WRONG_SUBJECT = 'wrong_subject';

type SubjectCheck = (ctx: KoaContextWithOIDC) => Promise<boolean>;

/** The library's own checks that the person signed in is the one the request speaks of. */
function subjectsOf(policy: Policy): SubjectCheck {
  const checks = policy.get('login')?.checks;
  const own = ['id_token_hint', 'claims_id_token_sub_value'].map((reason) => checks?.get(reason));
  return async (ctx) => {
    await readHintAgain(ctx);
    for (const one of own) if (await one?.check(ctx)) return true;
    return false;
  };
}

/** The library looks at the hint when the request comes in, and not again when the holder comes back. */
async function readHintAgain({ oidc }: KoaContextWithOIDC): Promise<void> {
  const hint = oidc.params?.id_token_hint;
  if (typeof hint !== 'string' || oidc.entities.IdTokenHint || !oidc.client) return;
  oidc.entity('IdTokenHint', await oidc.provider.IdToken.validate(hint, oidc.client));
}

function loginPrompt(deps: JudgeDeps, isWrongSubject: SubjectCheck) {
  const asks = (reason: string, error: string, check: (ctx: KoaContextWithOIDC) => Promise<boolean>) =>
    new Check(reason, reason.replaceAll('_', ' '), error, check);
  return new Prompt(
    { name: 'login', requestable: true },
    asks('unreachable_level', 'login_required', async (ctx) => {
      if ((await judgeRequest(deps, ctx)).outcome !== 'unreachable') return false;
      throw new errors.UnmetAuthenticationRequirements('no sign-in reaches the requested acr');
    }),
    asks(
      'no_session',
      'login_required',
      async (ctx) => (await judgeRequest(deps, ctx)).outcome === 'no-session',
    ),
    asks('second_factor_missing', 'interaction_required', async (ctx) => {
      const judged = await judgeRequest(deps, ctx);
      return judged.outcome === 'insufficient' && judged.verdict.options.length === 0;
    }),
    asks('more_to_prove', 'login_required', async (ctx) => {
      const judged = await judgeRequest(deps, ctx);
      if (judged.outcome === 'satisfied') stateLogin(ctx, judged.login);
      return judged.outcome === 'insufficient' && judged.verdict.options.length > 0;
    }),
    asks(WRONG_SUBJECT, 'login_required', async (ctx) => {
      if (!(await isWrongSubject(ctx))) return false;
      // Whoever signed in for this very request is not whom it speaks of (OpenID Connect Core §3.1.2.1).
      if (ctx.oidc.result?.login) throw new errors.LoginRequired('another person has signed in');
      return true;
    }),
  );
}

/** What tokens will say of this sign-in. */
function stateLogin(
  { oidc }: KoaContextWithOIDC,
  login: { accountId: string; acr: string; amr: string[]; ts: number },
) {
  const { accountId, acr, amr, ts } = login;
  oidc.session?.loginAccount({ accountId, acr, amr, loginTs: ts, transient: true });
}
