import { buildEvent } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { fillHours, hourMs, sampleStart } from './explore-sample.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();
await fillHours(api);
await api.ok('createEvent', {
  body: buildEvent({
    session_id: 's0',
    event_name: 'LOOK away',
    metadata: { note: 'x'.repeat(300), score: 7 },
  }),
});

const read = async (body: Readonly<Record<string, unknown>>) => {
  const { values } = await api.ok('exploreValues', { body });
  return values.map(({ value, count }) => [value, count]);
};

test.each<[Record<string, unknown>, unknown[]]>([
  [
    { path: 'model' },
    [
      ['gpt-5', 24],
      ['claude', 16],
      ['gemini', 8],
    ],
  ],
  [{ path: 'model', limit: 1 }, [['gpt-5', 24]]],
  [
    { path: 'model', prefix: 'G' },
    [
      ['gpt-5', 24],
      ['gemini', 8],
    ],
  ],
  [
    { path: 'event_name', prefix: 'look' },
    [
      ['look up', 48],
      ['LOOK away', 1],
    ],
  ],
  [
    { path: 'user_properties.plan' },
    [
      ['free', 24],
      ['plus', 24],
    ],
  ],
  [
    { path: 'metadata.ok' },
    [
      ['false', 24],
      ['true', 24],
    ],
  ],
  [
    { path: 'metadata.score', limit: 2 },
    [
      ['7', 2],
      ['0', 1],
    ],
  ],
  [{ path: 'error' }, [['boom', 8]]],
  [
    { path: 'event_type', scope: 'sessions' },
    [
      ['model', 48],
      ['session', 48],
      ['tool', 48],
    ],
  ],
  [
    {
      path: 'model',
      filters: [{ field: 'metadata.score', operator: 'less than', value: 4, type: 'number' }],
    },
    [
      ['gpt-5', 3],
      ['claude', 1],
    ],
  ],
  [{ path: 'model', from: sampleStart, to: sampleStart + 2 * hourMs }, [['gpt-5', 2]]],
])('of %j are %j', async (body, expected) => {
  expect(await read(body)).toEqual(expected);
});

test('texts that nobody would pick out of a list are left out', async () => {
  expect(await read({ path: 'metadata.note' })).toEqual([]);
});

test.each<[Record<string, unknown>, string]>([
  [{}, 'path'],
  [{ path: 'nope' }, 'path'],
  [{ path: 'model', limit: 201 }, 'limit'],
  [{ path: 'model', filters: [{ field: 'x', operator: 'is' }] }, 'filters[0].field'],
])('refuses %j and names %s', async (body, field) => {
  const refusal = await api.refused('exploreValues', 400, { body });

  expect(refusal.issues?.map((issue) => issue.field)).toContain(field);
});
