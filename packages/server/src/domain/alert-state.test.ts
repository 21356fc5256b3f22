import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AlarmRule } from './alert-rule.ts';
import { calm, readingOf, stepState } from './alert-state.ts';
import type { GroupState, Step } from './alert-state.ts';

const above = (value: number) => ({ operator: 'greater_than', value }) as const;
const below = (value: number) => ({ operator: 'less_than', value }) as const;

const plain: AlarmRule = {
  critical: above(10),
  warning: null,
  resolved: null,
  further: { match: 'all', of: [] },
  minimumSample: 0,
  missingData: 'keep',
  renotifyMs: null,
};

const minuteMs = 60_000;

/** A value, with as many events as it says; null: no event. */
type Found = number | null | { value: number | null; further?: number | null; count?: number };

function readingIn(found: Found) {
  if (found === null) return readingOf([], { count: 0, isMissing: true });
  if (typeof found === 'number') return readingOf([found], { count: 100, isMissing: false });
  const { value, further = null, count = 100 } = found;
  return readingOf([value, further], { count, isMissing: false });
}

/** The steps that minutes lead to. */
function run(
  rule: Partial<AlarmRule>,
  minutes: readonly (Found | { found: Found; isMuted: true })[],
  from: GroupState = calm,
): Step[] {
  let state = from;
  return minutes.map((minute, index) => {
    const isMuted = minute !== null && typeof minute === 'object' && 'isMuted' in minute;
    const reading = readingIn(isMuted ? minute.found : minute);
    const at = (index + 1) * minuteMs;
    const step = stepState(state, reading, { rule: { ...plain, ...rule }, at, isMuted });
    state = step.state;
    return step;
  });
}

const edgesOf = (steps: readonly Step[]) => steps.map(({ edge }) => edge);
const noticesOf = (steps: readonly Step[]) => steps.map(({ notifies }) => notifies);

test('fires once, and resolves once', () => {
  const steps = run({}, [5, 11, 12, 10, 9]);

  expect(edgesOf(steps)).toEqual([null, 'triggered', null, 'resolved', null]);
  expect(noticesOf(steps)).toEqual(edgesOf(steps));
  expect(steps[1]).toMatchObject({ value: 11, threshold: 10, state: { since: 2 * minuteMs } });
});

test('does not resolve before the resolved threshold is met', () => {
  const steps = run({ resolved: below(8) }, [11, 9, 8, 7]);

  expect(edgesOf(steps)).toEqual(['triggered', null, null, 'resolved']);
  expect(steps[3]?.threshold).toBe(8);
});

describe('with a warning', () => {
  test('goes up and down by level', () => {
    const steps = run({ warning: above(5) }, [6, 11, 7, 5]);

    expect(edgesOf(steps)).toEqual(['warning', 'triggered', 'warning', 'resolved']);
  });

  test('stays critical until it is resolved', () => {
    const steps = run({ warning: above(5), resolved: below(3) }, [11, 7, 4, 2]);

    expect(edgesOf(steps)).toEqual(['triggered', null, null, 'resolved']);
  });
});

describe('further conditions', () => {
  const further = (match: 'all' | 'any') => ({ further: { match, of: [above(100)] } });

  test('all of them have to hold', () => {
    const values = [
      { value: 11, further: 50 },
      { value: 11, further: 101 },
      { value: 9, further: 101 },
    ];
    expect(edgesOf(run(further('all'), values))).toEqual([null, 'triggered', 'resolved']);
  });

  test('or any one of them', () => {
    const values = [{ value: 1, further: 101 }, { value: 11 }, { value: 1, further: null }];
    expect(edgesOf(run(further('any'), values))).toEqual(['triggered', null, 'resolved']);
  });
});

describe('without data', () => {
  test.each([
    ['keep', [null, 'triggered', null]],
    ['zero', [null, 'triggered', 'resolved']],
    ['alert', [null, 'triggered', 'no_data']],
  ] as const)('%s', (missingData, edges) => {
    expect(edgesOf(run({ missingData }, [5, 11, null]))).toEqual(edges);
  });

  test('an alarm about it is over when there is some', () => {
    expect(edgesOf(run({ missingData: 'alert' }, [null, null, 5, null, 11]))).toEqual([
      'no_data',
      null,
      'resolved',
      'no_data',
      'triggered',
    ]);
  });

  test('zero may be an alarm itself, whatever the minimum sample', () => {
    const rule = { critical: below(1), missingData: 'zero', minimumSample: 9 } as const;
    expect(edgesOf(run(rule, [null]))).toEqual(['triggered']);
  });

  test('too few events change nothing', () => {
    const few = (value: number) => ({ value, count: 3 });
    expect(edgesOf(run({ minimumSample: 4 }, [few(11), 11, few(1), 1]))).toEqual([
      null,
      'triggered',
      null,
      'resolved',
    ]);
  });

  test('an unknown value changes nothing', () => {
    expect(edgesOf(run({}, [11, { value: null }, 1]))).toEqual(['triggered', null, 'resolved']);
  });
});

test('notifies again while an alarm lasts, if asked to', () => {
  const steps = run({ renotifyMs: 2 * minuteMs }, [11, 11, 11, 11, 11, 1, 1, 1]);

  expect(noticesOf(steps)).toEqual([
    'triggered',
    null,
    'renotify',
    null,
    'renotify',
    'resolved',
    null,
    null,
  ]);
});

describe('muted', () => {
  const muted = (found: Found) => ({ found, isMuted: true }) as const;

  test('has edges, and notifies of an alarm that outlasts it', () => {
    const steps = run({}, [muted(11), muted(12), 12, 1]);

    expect(edgesOf(steps)).toEqual(['triggered', null, null, 'resolved']);
    expect(noticesOf(steps)).toEqual([null, null, 'triggered', 'resolved']);
  });

  test('is silent about one that began and ended meanwhile', () => {
    expect(noticesOf(run({}, [muted(11), muted(1), 1]))).toEqual([null, null, null]);
  });
});

test('resolved by hand, it waits for a new reason', () => {
  const held = { ...calm, notifiedAs: 'critical', isHeld: true } as const;

  const steps = run({}, [11, 12, 1, 11], held);

  expect(edgesOf(steps)).toEqual([null, null, null, 'triggered']);
  expect(noticesOf(steps)).toEqual(['resolved', null, null, 'triggered']);
});

const founds = fc.array(
  fc.oneof(
    fc.constant(null),
    fc.integer({ min: 0, max: 20 }),
    fc.record({
      value: fc.option(fc.integer({ min: 0, max: 20 })),
      further: fc.option(fc.integer({ min: 0, max: 200 })),
      count: fc.integer({ min: 1, max: 10 }),
    }),
  ),
  { maxLength: 60 },
);

const rules = fc.record<AlarmRule>({
  critical: fc.constant(above(10)),
  warning: fc.constantFrom(null, above(5)),
  resolved: fc.constantFrom(null, below(8), below(3)),
  further: fc.constantFrom(
    { match: 'all' as const, of: [] },
    { match: 'all' as const, of: [above(100)] },
    { match: 'any' as const, of: [above(100)] },
  ),
  minimumSample: fc.constantFrom(0, 4),
  missingData: fc.constantFrom('keep' as const, 'zero' as const, 'alert' as const),
  renotifyMs: fc.constantFrom(null, 3 * minuteMs),
});

test('whatever comes, only changes are edges, and each is notified once', () => {
  fc.assert(
    fc.property(rules, founds, (rule, minutes) => {
      let before = calm;
      for (const step of run(rule, minutes)) {
        expect(step.edge === null).toBe(step.state.status === before.status);
        expect(step.notifies === null || step.notifies === 'renotify').toBe(step.edge === null);
        if (step.edge !== null) expect(step.notifies).toBe(step.edge);
        if (step.notifies === 'renotify')
          expect(step.state.notifiedAt - before.notifiedAt).toBeGreaterThanOrEqual(
            rule.renotifyMs ?? Infinity,
          );
        expect(step.state.notifiedAs).toBe(step.state.status);
        before = step.state;
      }
    }),
  );
});

test('whatever came before, the same reading twice changes nothing the second time', () => {
  fc.assert(
    fc.property(rules, founds, fc.integer({ min: 0, max: 20 }), (rule, minutes, value) => {
      const steps = run({ ...rule, renotifyMs: null }, [...minutes, value, value]);

      expect(steps.at(-1)).toMatchObject({ edge: null, notifies: null });
    }),
  );
});
