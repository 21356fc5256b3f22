import { expect, test } from 'vitest';
import { fillHours, hourMs, sampleStart } from './explore-sample.ts';
import { openProject } from './own-project.ts';

const { api, organisation } = await openProject();
await fillHours(api);

const range = { from: sampleStart, to: sampleStart + 48 * hourMs };
const chart = { ...range, bucket_ms: 24 * hourMs, aggregation: 'count' };
const groups = { ...range, group_by: 'event_name' };
const values = { ...range, path: 'event_name' };

test('each question is answered as it would be alone, in the order of the questions', async () => {
  const { answers } = await api.ok('exploreBatch', {
    body: {
      questions: [
        { operation: 'exploreValues', body: values },
        { operation: 'exploreChart', body: chart },
        { operation: 'exploreGroups', body: groups },
      ],
    },
  });

  expect(answers).toEqual([
    { operation: 'exploreValues', answer: await api.ok('exploreValues', { body: values }) },
    { operation: 'exploreChart', answer: await api.ok('exploreChart', { body: chart }) },
    { operation: 'exploreGroups', answer: await api.ok('exploreGroups', { body: groups }) },
  ]);
});

test('a question that fails costs no other', async () => {
  const { answers } = await api.ok('exploreBatch', {
    body: {
      questions: [
        { operation: 'exploreChart', body: { ...chart, timezone: 'Nowhere/At all' } },
        { operation: 'exploreValues', body: values },
      ],
    },
  });

  expect(answers).toMatchObject([
    {
      operation: 'exploreChart',
      error: {
        statusCode: 400,
        errorCode: 'invalid_request',
        message: expect.stringContaining('timezone'),
      },
    },
    { answer: { sampled: false } },
  ]);
});

test.each<[string, unknown, string]>([
  ['no questions', [], 'questions'],
  [
    'more than fifty questions',
    Array.from({ length: 51 }, () => ({ operation: 'exploreChart', body: chart })),
    'questions',
  ],
  ['another operation', [{ operation: 'exploreDelete', body: {} }], 'questions[0].operation'],
  [
    'questions that name projects',
    [{ operation: 'exploreValues', body: { ...values, project: 'another' } }],
    'questions[0].body.project',
  ],
])('a batch with %s is rejected', async (_what, questions, field) => {
  const refusal = await api.refused('exploreBatch', 400, { body: { questions } });

  expect(refusal.issues?.map((issue) => issue.field)).toContain(field);
});

test('a batch about a project that does not exist is rejected as a whole', async () => {
  const questions = [{ operation: 'exploreValues', body: values }];

  const body = { project: 'nowhere', questions };
  const refusal = await organisation.refused('exploreBatch', 404, { body });

  expect(refusal.errorCode).toBe('not_found');
});
