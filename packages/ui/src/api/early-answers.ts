/** A question as it goes over the wire. */
interface Question {
  readonly method: string;
  /** The whole address. */
  readonly url: string;
  /** JSON text. */
  readonly body?: string;
}

const keyOf = ({ method, url, body = '' }: Question): string => `${method} ${url} ${body}`;

/** Answers on their way that nobody has taken yet. */
const early = new Map<string, Promise<Response>>();

/** What nobody took by then was about something else. */
const keptMs = 10_000;

/**
 * Sends a request before the code that needs it has loaded; an identical request later gets this response.
 *
 * @returns the response, without consuming it; null: it failed
 */
export async function askEarly<Answer>(
  question: Question,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer | null> {
  try {
    const response = (await putEarly(question, headers)).clone();
    return response.ok ? ((await response.json()) as Answer) : null;
  } catch {
    // The consumer gets the same error and reports it.
    return null;
  }
}

/** The same for an answer that nobody looks at before it is taken. */
export function putEarly(
  question: Question,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { method, url, body } = question;
  const answer = fetch(url, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    credentials: 'same-origin',
    // As the client does, which takes the answer.
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  early.set(keyOf(question), answer);
  setTimeout(forgetEarlyAnswers, keptMs);
  answer.catch(() => undefined);
  return answer;
}

/** The answer to a question that was put early; null when it was not. Each is there once. */
export function takeEarlyAnswer(question: Question): Promise<Response> | null {
  const key = keyOf(question);
  const answer = early.get(key) ?? null;
  early.delete(key);
  return answer;
}

/** What one key was shown is not for another. */
export const forgetEarlyAnswers = (): void => early.clear();
