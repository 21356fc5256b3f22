import type { RequestOf, ResponseOf } from 'honeyhive-wire';
import { ask } from './client.ts';

type Question = RequestOf<'exploreBatch'>['body']['questions'][number];
type QuestionOf<Id> = Extract<Question, { readonly operation: Id }>;

/** A question, and who waits for its answer. */
interface Waiting {
  readonly project: string;
  readonly question: Question;
  readonly signal: AbortSignal;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** As many as the service answers at once. */
const mostQuestions = 50;

let waiting: Waiting[] = [];

/**
 * Asks the service, in one request with what else is asked this way in the same moment. A question that fails costs no
 * other; the request is cancelled when none of its answers is wanted any more.
 */
export async function askTogether<Id extends Question['operation']>(
  question: { readonly operation: Id } & QuestionOf<Id>,
  about: Pick<Waiting, 'project' | 'signal'>,
): Promise<ResponseOf<Id>>;
export async function askTogether(
  question: Question,
  { project, signal }: Pick<Waiting, 'project' | 'signal'>,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) setTimeout(sendWaiting);
    waiting.push({ project, question, signal, resolve, reject });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function sendWaiting(): void {
  const wanted = waiting.filter(({ signal }) => !signal.aborted);
  waiting = [];
  for (const project of new Set(wanted.map((one) => one.project))) {
    const ofProject = wanted.filter((one) => one.project === project);
    for (let start = 0; start < ofProject.length; start += mostQuestions)
      void send(project, ofProject.slice(start, start + mostQuestions));
  }
}

async function send(project: string, together: readonly Waiting[]): Promise<void> {
  const controller = new AbortController();
  for (const { signal } of together)
    signal.addEventListener('abort', () => {
      if (together.every((one) => one.signal.aborted)) controller.abort();
    });
  const questions = together.map(({ question }) => question);
  try {
    const { answers } = await ask('exploreBatch', {
      body: { project, questions },
      signal: controller.signal,
    });
    for (const [index, { resolve, reject }] of together.entries()) {
      const found = answers[index];
      if (found !== undefined && 'answer' in found) resolve(found.answer);
      else reject(new Error(found?.error.message));
    }
  } catch (error) {
    for (const { reject } of together) reject(error);
  }
}
