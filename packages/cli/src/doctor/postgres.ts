import type { PostgresFacts, ServerConfig } from 'honeyhive-server';
import { messageOf } from '../failure.ts';
import { hasDatabase } from '../settings.ts';
import type { Finding } from './finding.ts';

const check = 'PostgreSQL';
/** The oldest version that its authors maintain. Source: postgresql.org/support/versioning, December 2026. */
const oldestMajor = 14;
/** Beside those for requests: leases, and messages of servers. */
const extraConnections = 3;
/** Instants in the database come from both clocks. */
const mostAheadMs = 2_000;

/** What is wrong with a server, or worth knowing; one finding that all is well, otherwise. */
export function judgePostgres(facts: PostgresFacts, connections: number): Finding[] {
  const findings = [...findFailures(facts), ...findWarnings(facts, connections)];
  if (findings.length > 0) return findings;
  return [{ check, state: 'ok', text: `version ${facts.version}, writable, clock in step` }];
}

function findFailures({
  version,
  major,
  encoding,
  isStandby,
  mayCreate,
}: PostgresFacts): Finding[] {
  const failures: (Omit<Finding, 'check' | 'state'> & { readonly isSo: boolean })[] = [
    {
      isSo: major < oldestMajor,
      text: `version ${version} is older than ${oldestMajor}`,
      nextStep: 'Upgrade PostgreSQL.',
    },
    {
      isSo: encoding !== 'UTF8',
      text: `the database has the encoding ${encoding}`,
      nextStep: "Use a database that was created with ENCODING 'UTF8' TEMPLATE template0.",
    },
    {
      isSo: isStandby,
      text: 'the server is a standby, which is read-only',
      nextStep: 'Name the primary in HH_POSTGRES_URL.',
    },
    {
      isSo: mayCreate !== true,
      text: 'the user may not create tables in the first schema of its search_path',
      nextStep: 'Make the user the owner of the database, or GRANT CREATE ON SCHEMA to it.',
    },
  ];
  return failures
    .filter(({ isSo }) => isSo)
    .map(({ isSo: _isSo, ...finding }) => ({ check, state: 'failed', ...finding }));
}

function findWarnings(
  { aheadMs, maxConnections, unsafeSettings }: PostgresFacts,
  connections: number,
): Finding[] {
  const needed = connections + extraConnections;
  const warnings: (Omit<Finding, 'check' | 'state'> & { readonly isSo: boolean })[] = [
    {
      isSo: Math.abs(aheadMs) > mostAheadMs,
      text: `its clock is ${Math.abs(aheadMs)} ms ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's`,
      nextStep: 'Synchronise both clocks (NTP).',
    },
    {
      isSo: needed > maxConnections,
      text: `a server may open ${needed} connections, and PostgreSQL takes ${maxConnections} in all`,
      nextStep: 'Lower HH_POSTGRES_CONNECTIONS, or raise max_connections.',
    },
    {
      isSo: unsafeSettings.length > 0,
      text: `off: ${unsafeSettings.join(', ')}; a crash of its machine loses what was acknowledged`,
      nextStep: 'Turn them on in postgresql.conf.',
    },
  ];
  return warnings
    .filter(({ isSo }) => isSo)
    .map(({ isSo: _isSo, ...finding }) => ({ check, state: 'warning', ...finding }));
}

/** Checks the database that the settings name; nothing without one. */
export async function checkPostgres(config: ServerConfig): Promise<Finding[]> {
  if (!hasDatabase(config)) return [];
  const { inspectPostgres, readPostgresUrl } = await import('honeyhive-server');
  try {
    const url = await readPostgresUrl(config);
    const facts = await inspectPostgres(url ?? '', Date.now);
    return judgePostgres(facts, config.postgresConnections);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    return [{ check, state: 'failed', text: `${messageOf(error)} ${cause}`.trim() }];
  }
}
