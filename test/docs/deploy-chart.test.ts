import { Ajv } from 'ajv';
import { configOptions } from 'honeyhive-server/config';
import { expect, test } from 'vitest';
import {
  deployFiles,
  isTemplate,
  leavesOf,
  mergeValues,
  readText,
  readYaml,
  valueAt,
} from './deploy-files.ts';

const chart = 'deploy/helm/honeyhive';
const values = readYaml(`${chart}/values.yaml`);
const embedded = mergeValues(values, readYaml(`${chart}/embedded-values.yaml`));
const schema = JSON.parse(readText(`${chart}/values.schema.json`)) as object;
const isAllowed = new Ajv({ strict: false }).compile(schema);
const templates = deployFiles.filter(isTemplate);
const templateText = templates.map(readText).join('\n');
const noSecret = { name: '', key: '' };

test.each([
  ['the values of the chart', values],
  ['those of one server with its data in a volume', embedded],
  ['a cluster', mergeValues(values, { stores: { clickhouse: { cluster: 'main' } } })],
  ['further settings', mergeValues(values, { settings: { HH_LOG_LEVEL: 'warn', HH_PORT: 1 } })],
])('%s match the schema', (_what, given) => {
  expect(isAllowed(given) ? [] : isAllowed.errors).toEqual([]);
});

test.each([
  ['several servers on data folders', { stores: { clickhouse: { urlSecret: noSecret } } }],
  ['several servers without PostgreSQL', { stores: { postgres: { urlSecret: noSecret } } }],
  ['several servers without a common key', { secretsKeySecret: noSecret }],
  ['several servers on one volume', { persistence: { enabled: true } }],
  ['a secret without a key', { firstKeySecret: { name: 'honeyhive', key: '' } }],
  ['an unknown value', { replica: 2 }],
  ['a variable that is no setting', { settings: { NODE_OPTIONS: '--inspect' } }],
])('%s: the schema refuses it', (_what, over) => {
  expect(isAllowed(mergeValues(values, over))).toBe(false);
});

test.each([
  ['no volume', { persistence: { enabled: false } }],
  ['two servers', { replicas: 2 }],
  ['scaling', { autoscaling: { enabled: true } }],
])('one server with its data in a volume, and %s: the schema refuses it', (_what, over) => {
  expect(isAllowed(mergeValues(embedded, over))).toBe(false);
});

test('templates use values that exist, and every value is used', () => {
  const used = [...templateText.matchAll(/\.Values\.([\w.]+)/g)].map(([, path = '']) => path);
  const missing = used.filter((path) => valueAt(values, path.split('.')) === undefined);
  const unused = leavesOf(values).filter(
    (leaf) => !used.some((path) => leaf === path || leaf.startsWith(`${path}.`)),
  );

  expect(used.length).toBeGreaterThan(30);
  expect(missing).toEqual([]);
  expect(unused).toEqual([]);
});

test.each(templates)('%s: blocks and braces are closed', (path) => {
  const actions = [...readText(path).matchAll(/\{\{-?\s*(\w+)[^{}]*\}\}/g)].map(([, word]) => word);
  const opened = actions.filter((word) => /^(if|range|with|define)$/.test(word ?? ''));
  const closed = actions.filter((word) => word === 'end');
  const count = (brace: string) => readText(path).split(brace).length;

  expect(closed).toHaveLength(opened.length);
  expect(count('{{')).toBe(count('}}'));
});

test('each secret that a server gets is the value of a setting that names a file', () => {
  const rows = [...templateText.matchAll(/variable: (HH_\w+), file: ([\w-]+),/g)];
  const fileSettings = Object.values(configOptions).filter(({ type }) => type === 'file');

  expect(rows).toHaveLength(6);
  for (const [, variable] of rows) expect(fileSettings.map(({ env }) => env)).toContain(variable);
});

test('a server has the time to leave the balancer and to answer what it accepted', () => {
  const seconds = (name: string) => Number(valueAt(values, [name]));

  expect(seconds('terminationGracePeriodSeconds')).toBeGreaterThan(
    seconds('preStopSeconds') + configOptions.shutdownTimeoutMs.default / 1000,
  );
});

test('the README describes every value', () => {
  const readme = readText(`${chart}/README.md`);
  const undescribed = Object.keys(values as object).filter((name) => !readme.includes(`\`${name}`));

  expect(undescribed).toEqual([]);
});
