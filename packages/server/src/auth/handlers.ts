import { parseKeyId } from '../keys/key-id.ts';
import { Problem } from '../domain/problem.ts';
import type { ApiKey, KeyStore } from '../keys/key-store.ts';
import type { ProjectStore } from '../projects/project-store.ts';
import type { Clock } from '../clock.ts';
import type { AnswerOf, Call, Handler } from '../calls/handler.ts';
import { Reply } from '../calls/reply.ts';
import { signInMs } from './sign-ins.ts';
import type { FailureLimit } from './failure-limit.ts';
import type { SignInCodes } from './sign-in-codes.ts';
import type { SignedIn, SignIns } from './sign-ins.ts';

export interface SignInServices {
  readonly metadata: Pick<KeyStore, 'verifyKey'> & Pick<ProjectStore, 'listProjects'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly signIns: SignIns;
  readonly signInCodes: Pick<SignInCodes, 'redeem'>;
  readonly signInFailures: FailureLimit;
  /** Ends the streams of a sign-in that is over. */
  readonly live: { endSignIn(token: string): void };
  /** Path under which the service is offered; `/`, or without a slash at the end. */
  readonly basePath: string;
}

const maxProjects = 1_000;

export const signIn: Handler<'signIn', SignInServices> = async (call, services) => {
  const { caller, body } = call;
  const { signInFailures, metadata, clock } = services;
  const text = body.api_key.trim();
  const key = await metadata.verifyKey(text, clock.now());
  if (!key) {
    const id = parseKeyId(text);
    const subject = id === null ? `address ${caller.address}` : `key ${id}`;
    throw await signInFailures.count(subject, unknownKey());
  }
  if (key.access === 'ingest') {
    throw new Problem('forbidden', 'This key may only send events; sign in with one that reads.', {
      issues: [{ field: 'api_key', message: 'may only send events' }],
    });
  }
  return start(key, call, services);
};

export const signInWithCode: Handler<'signInWithCode', SignInServices> = async (call, services) => {
  const { caller, body } = call;
  const { signInCodes, signInFailures } = services;
  const key = await signInCodes.redeem(body.code);
  if (key) return start(key, call, services);
  throw await signInFailures.count(`address ${caller.address}`, unknownCode());
};

const unknownCode = (): Problem =>
  new Problem('unauthenticated', 'The link was already used, or has expired. Sign in with a key.', {
    issues: [{ field: 'code', message: 'already used, or expired' }],
  });

async function start(
  key: ApiKey,
  call: Pick<Call<'signIn'>, 'caller'>,
  services: SignInServices,
): Promise<Reply<AnswerOf<'signIn'>>> {
  const { token, signedIn } = await services.signIns.start(key);
  return new Reply(await toWire(signedIn, token, services), {
    'set-cookie': toCookie(call, services, { token, seconds: signInMs / 1000 }),
    'cache-control': 'no-store',
  });
}

export const getSignIn: Handler<'getSignIn', SignInServices> = async ({ caller }, services) => {
  const token = caller.signInToken;
  const signedIn = token === null ? null : await services.signIns.find(token);
  if (token === null || !signedIn)
    throw new Problem('unauthenticated', 'Nobody is signed in. Sign in with POST /ui/session.');
  return new Reply(await toWire(signedIn, token, services), { 'cache-control': 'no-store' });
};

export const signOut: Handler<'signOut', SignInServices> = async (call, services) => {
  const { signInToken, csrfToken } = call.caller;
  if (signInToken !== null && (await services.signIns.find(signInToken))) {
    services.signIns.requireCsrfToken(signInToken, csrfToken);
    await services.signIns.end(signInToken);
    services.live.endSignIn(signInToken);
  }
  return new Reply(
    { success: true },
    { 'set-cookie': toCookie(call, services, { token: '', seconds: 0 }) },
  );
};

const unknownKey = (): Problem =>
  new Problem('unauthenticated', 'The API key is unknown, revoked or expired.', {
    issues: [{ field: 'api_key', message: 'unknown, revoked or expired' }],
  });

async function toWire(
  { key, signIn: { expiresAt } }: SignedIn,
  token: string,
  { metadata, signIns }: SignInServices,
): Promise<AnswerOf<'signIn'>> {
  const { projects, total } = await metadata.listProjects({
    ...(key.projectId === null ? {} : { ids: [key.projectId] }),
    limit: maxProjects,
    offset: 0,
  });
  const { id, name, access, projectId } = key;
  return {
    key: { id, name, access, scope: projectId === null ? 'organisation' : 'project' },
    projects: projects.map((project) => ({ id: project.id, name: project.name })),
    project_count: total,
    csrf_token: signIns.csrfTokenOf(token),
    expires_at: expiresAt,
  };
}

function toCookie(
  { caller }: Pick<Call<'signIn'>, 'caller'>,
  { signIns, basePath }: SignInServices,
  { token, seconds }: { token: string; seconds: number },
): string {
  const secure = caller.isSecure ? '; Secure' : '';
  return `${signIns.cookieNameOf(caller.isSecure)}=${token}; Path=${basePath}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
}
