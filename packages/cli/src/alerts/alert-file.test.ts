import { describe, expect, test } from 'vitest';
import { readAlertFile } from './alert-file.ts';

const read = (text: string, env: Record<string, string> = {}) =>
  readAlertFile({ name: 'alerts.yaml', text }, env);

function faultOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
}

describe('readAlertFile', () => {
  test('reads destinations and alerts, and takes what is secret from the environment', () => {
    const file = read(
      `
project: shop
destinations:
  - { name: hook, kind: webhook, url: "https://hooks.example.com/\${TOKEN}?k=\${KEY}" }
  - { name: kept, kind: slack }
  - { name: team, kind: email, addresses: [ada@example.com] }
alerts:
  - name: slow
    aggregation: P95
    projections: [duration]
    thresholds: { critical: { operator: greater_than, value: 1000 } }
    destinations: [hook, team]
`,
      { TOKEN: 'abc', KEY: 'x' },
    );

    expect(file.project).toBe('shop');
    expect(file.destinations).toEqual([
      { name: 'hook', kind: 'webhook', url: 'https://hooks.example.com/abc?k=x' },
      { name: 'kept', kind: 'slack' },
      { name: 'team', kind: 'email', addresses: ['ada@example.com'] },
    ]);
    expect(file.alerts).toMatchObject([{ name: 'slow', destinations: ['hook', 'team'] }]);
  });

  test('an empty list is one, too', () => {
    expect(read('project: shop')).toMatchObject({ destinations: [], alerts: [] });
  });

  test.each([
    ['', 'alerts.yaml:1: expected a mapping with project, destinations, alerts'],
    ['a: [', /^alerts\.yaml:1: /],
    [
      'project: shop\nalert: []',
      'alerts.yaml:2: alert: unknown key: expected project, destinations, alerts',
    ],
    ['alerts: 5', 'alerts.yaml:1: alerts: expected a list'],
    ['alerts:\n  - 5', 'alerts.yaml:2: alerts[0]: expected a mapping with a name'],
    ['alerts:\n  - name: x\n    windw: 5m', 'alerts.yaml:3: alerts[0].windw: unknown key'],
    [
      'alerts:\n  - name: x\n    window: 5y',
      /^alerts\.yaml:3: alerts\[0\]\.window: expected minutes/,
    ],
    [
      'alerts:\n  - name: x\n    destination_ids: [a]',
      'alerts.yaml:3: alerts[0].destination_ids: unknown key: name them in `destinations`',
    ],
    ['alerts:\n  - name: x\n  - name: x', 'alerts.yaml:3: alerts[1].name: "x" is there twice'],
    [
      'destinations:\n  - name: x\n    kind: slack\n    url: ${NOT_SET}',
      'alerts.yaml:4: destinations[0].url: the variable NOT_SET is not set',
    ],
    ['destinations:\n  - name: x\n    kind: pigeon', /^alerts\.yaml:3: destinations\[0\]\.kind: /],
    [
      `a: &a [x, x]\n${'bcdefgh'
        .split('')
        .map((k, n) => `${k}: &${k} [*${'abcdefg'[n]}, *${'abcdefg'[n]}, *${'abcdefg'[n]}]`)
        .join('\n')}`,
      /Excessive alias count/,
    ],
  ])('%j: %s', (text, message) => {
    expect(faultOf(text)).toMatch(message);
  });

  test('reports everything that is wrong at once', () => {
    const text = 'x: 1\nalerts:\n  - name: y\n    window: 5y\n  - 5\n';

    expect(faultOf(text).split('\n')).toHaveLength(3);
  });
});
