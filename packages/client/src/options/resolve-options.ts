import { HoneyHiveConfigError } from '../errors/errors.ts';
import { assumeOptions } from './assume-options.ts';
import type { Environment } from './environment.ts';
import { unknownName } from './unknown-name.ts';
import { optionTable, retryConfigNames } from './option-table.ts';
import type { OptionName, OptionRow } from './option-table.ts';
import { fromEnvironment, optionReaders } from './option-types.ts';
import type { ResolvedOptions } from './resolved-options.ts';

/** A value that was found, and what to call it in a message. */
interface Found {
  readonly value: unknown;
  readonly label: string;
}

const rows: ReadonlyMap<string, OptionRow> = new Map(Object.entries(optionTable));

const canonicalNames: ReadonlyMap<string, string> = new Map(
  [...rows].flatMap(([name, { aliases }]) => [name, ...aliases].map((alias) => [alias, name])),
);

const knownNames = [...canonicalNames.keys(), 'retryConfig'];

/** Options that make no sense where the client runs, and why. */
export type Unavailable = Readonly<Partial<Record<OptionName, string>>>;

/**
 * Every option, out of what was given, the environment and the defaults.
 *
 * What is unavailable is refused when it was given; in the environment, which other programs share, it has no effect.
 *
 * @throws {HoneyHiveConfigError} with every problem there is
 */
export function resolveOptions(
  given: unknown,
  environment: Environment,
  unavailable: Unavailable = {},
): ResolvedOptions {
  const problems: string[] = [];
  const found = collect(given, problems);
  refuseUnavailable(found, unavailable, problems);
  const values: Record<string, unknown> = {};
  for (const [name, row] of rows) {
    const source =
      found.get(name) ?? (name in unavailable ? null : fromVariables(row, environment));
    if (source === null) {
      values[name] = row.default;
      continue;
    }
    const reading = optionReaders[row.type](source.value);
    if ('problem' in reading) problems.push(`${source.label} ${reading.problem}`);
    else values[name] = reading.value;
  }
  if (problems.length > 0) throw new HoneyHiveConfigError(problems, 'invalid_options');
  return assumeOptions(values);
}

function refuseUnavailable(
  found: Map<string, Found>,
  unavailable: Unavailable,
  problems: string[],
): void {
  for (const [name, reason] of Object.entries(unavailable)) {
    const given = found.get(name);
    if (given === undefined) continue;
    problems.push(`${given.label} has no effect here: ${reason}; leave it out`);
    found.delete(name);
  }
}

function collect(given: unknown, problems: string[]): Map<string, Found> {
  const found = new Map<string, Found>();
  if (given === undefined) return found;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    problems.push('the options must be an object');
    return found;
  }
  const add = (name: string, next: Found) => {
    const before = found.get(name);
    if (before && before.value !== next.value) {
      problems.push(`${before.label} and ${next.label} are one option; give one of them`);
    }
    found.set(name, next);
  };
  for (const [label, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const name = canonicalNames.get(label);
    if (name !== undefined) add(name, { value, label });
    else if (label === 'retryConfig') collectRetryConfig(value, { add, problems });
    else problems.push(unknownName(label, knownNames));
  }
  return found;
}

function collectRetryConfig(
  given: unknown,
  { add, problems }: { add: (name: string, next: Found) => void; problems: string[] },
): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    problems.push('retryConfig must be an object');
    return;
  }
  const names: ReadonlyMap<string, string> = new Map(Object.entries(retryConfigNames));
  for (const [member, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const label = `retryConfig.${member}`;
    const name = names.get(member);
    if (name !== undefined) add(name, { value, label });
    else
      problems.push(
        unknownName(
          label,
          [...names.keys()].map((known) => `retryConfig.${known}`),
        ),
      );
  }
}

function fromVariables(row: OptionRow, environment: Environment): Found | null {
  // An empty variable is how a shell unsets one for a single command.
  const label = row.env.find((name) => (environment[name] ?? '') !== '');
  if (label === undefined) return null;
  return { value: fromEnvironment(row.type, environment[label] ?? ''), label };
}
