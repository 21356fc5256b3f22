import { expect, test } from 'vitest';
import { createRejections } from './rejections.ts';
import type { RejectionOwner } from './rejections.ts';

const view = { projectId: 'p', isOrganisation: true };

function setUp() {
  const rejections = createRejections();
  let time = 0;
  const report = (owner: RejectionOwner, source: string) => {
    time += 1;
    const userAgent = source;
    const rejection = { time, method: 'POST', path: '', status: 401, code: 'unauthenticated' };
    rejections.report({ owner, source, rejection: { ...rejection, message: '', userAgent } });
  };
  const sources = async (of = view) =>
    (await rejections.recent(of, 0)).map(({ userAgent }) => userAgent);
  return { report, sources };
}

test('sixty requests of one stranger push nobody out', async () => {
  const { report, sources } = setUp();
  report('unknown', 'other');
  for (let index = 0; index < 60; index += 1) report('unknown', 'stranger');

  expect((await sources()).filter((name) => name === 'stranger')).toHaveLength(10);
  expect(await sources()).toContain('other');
});

test('when many strangers fill all places, the one with most of them gives one up', async () => {
  const { report, sources } = setUp();
  for (let index = 0; index < 10; index += 1) report('unknown', 'loud');
  for (let index = 0; index < 48; index += 1) report('unknown', `quiet ${index}`);

  expect(await sources()).toHaveLength(50);
  expect((await sources()).filter((name) => name === 'loud')).toHaveLength(2);
});

test('a project sees its own, the organisation all', async () => {
  const { report, sources } = setUp();
  report({ projectId: 'p' }, 'mine');
  report({ projectId: 'q' }, 'foreign');
  report('organisation', 'wide');
  report('unknown', 'stranger');

  expect(await sources()).toEqual(['mine', 'wide', 'stranger']);
  expect(await sources({ projectId: 'p', isOrganisation: false })).toEqual(['mine']);
});
