import { expect, test } from 'vitest';
import { WordCoverage } from './word-coverage.ts';

const place = (hour: number) => ({ projectId: 'p1', hour });

test('an hour is covered until a write has taken that back, which every write before has to do', () => {
  const coverage = new WordCoverage([place(1), place(2)], 0);

  expect(coverage.begin([place(1), place(3)])).toEqual([place(1)]);
  expect(coverage.begin([place(1)])).toEqual([place(1)]);
  coverage.uncover([place(1)]);
  expect(coverage.begin([place(1)])).toEqual([]);
  expect(coverage.isCovered(place(1))).toBe(false);
  expect(coverage.isCovered(place(2))).toBe(true);
  expect(coverage.isCovered({ projectId: 'p2', hour: 2 })).toBe(false);
});

test('words count if nothing was written to the hour while they were read', () => {
  const coverage = new WordCoverage([], 0);
  const places = [place(1), place(2)];

  const claimed = coverage.claim(places);
  coverage.begin([place(2)]);
  coverage.end([place(2)]);

  expect(claimed).toEqual(places);
  expect(coverage.settle(claimed)).toEqual([place(1)]);
  expect(coverage.settle(claimed)).toEqual([]);
});

test('an hour cannot be claimed before every write to it has ended', () => {
  const coverage = new WordCoverage([], 0);
  coverage.begin([place(1)]);
  coverage.begin([place(1)]);
  coverage.end([place(1)]);

  expect(coverage.claim([place(1), place(2)])).toEqual([place(2)]);
  coverage.end([place(1)]);
  expect(coverage.claim([place(1)])).toEqual([place(1)]);
});

test('tells which hours were written to since it was asked last', () => {
  const coverage = new WordCoverage([], 0);
  coverage.begin([place(1)]);
  coverage.end([place(1)]);

  const isWritten = coverage.takeWritten();
  expect([place(1), place(2)].map(isWritten)).toEqual([true, false]);
  expect(coverage.takeWritten()(place(1))).toBe(false);
});

test('stamps only grow', () => {
  const coverage = new WordCoverage([], 41);

  expect([coverage.nextStamp(), coverage.nextStamp()]).toEqual([42, 43]);
});
