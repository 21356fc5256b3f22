import { call } from 'honeyhive-testkit';
import type { SignedIn } from 'honeyhive-wire';

/** Sign in with a key; the headers with which a page continues. */
export async function signIn(
  url: string,
  key: string,
): Promise<{ body: SignedIn; cookie: string; headers: Readonly<Record<string, string>> }> {
  const answer = await call({ url }, 'POST /ui/session', { body: { api_key: key } });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  const cookie = String(answer.headers['set-cookie']).split(';', 1)[0] ?? '';
  const body = answer.body as SignedIn;
  return { body, cookie, headers: { cookie, 'x-csrf-token': body.csrf_token } };
}
