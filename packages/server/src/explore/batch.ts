import type { BatchQuery } from 'honeyhive-wire';
import type { AnswerOf, Call, Handler } from '../calls/handler.ts';
import { toProblem } from '../calls/problem-response.ts';
import type { ExploreServices } from './explore-services.ts';
import { exploreValues } from './fields.ts';
import { exploreGroups } from './groups.ts';
import { exploreChart } from './time-charts.ts';

type Question = BatchQuery['questions'][number];
type Answer = AnswerOf<'exploreBatch'>['answers'][number];

/** What a screen asks, in one request: it is cancelled as one, and what fails of it costs nothing else. */
export const exploreBatch: Handler<'exploreBatch', ExploreServices> = async (call, services) => {
  const { project, questions } = call.body;
  if (project !== undefined) await call.access.forList(project);
  return { answers: await Promise.all(questions.map((one) => answer(one, call, services))) };
};

async function answer(
  question: Question,
  call: Call<'exploreBatch'>,
  services: ExploreServices,
): Promise<Answer> {
  const { operation } = question;
  try {
    return await ask(question, call, services);
  } catch (error) {
    call.signal.throwIfAborted();
    const { status: statusCode, code: errorCode, message } = toProblem(error, '');
    // A fault of the service is reported with the id of the request, and logged.
    if (errorCode === 'internal') throw error;
    return { operation, error: { statusCode, errorCode, message } };
  }
}

async function ask(
  question: Question,
  { body: { project }, access, signal }: Call<'exploreBatch'>,
  services: ExploreServices,
): Promise<Answer> {
  switch (question.operation) {
    case 'exploreChart': {
      const body = { ...question.body, project };
      const { operation } = question;
      return { operation, answer: await exploreChart({ body, access, signal }, services) };
    }
    case 'exploreGroups': {
      const body = { ...question.body, project };
      const { operation } = question;
      return { operation, answer: await exploreGroups({ body, access, signal }, services) };
    }
    case 'exploreValues': {
      const body = { ...question.body, project };
      const { operation } = question;
      return { operation, answer: await exploreValues({ body, access, signal }, services) };
    }
  }
}
