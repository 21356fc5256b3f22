import type { HostFacts, ServerConfig } from 'honeyhive-server';
import { messageOf } from '../failure.ts';
import { formatBytes, formatDuration } from '../output/figures.ts';
import type { Finding } from './finding.ts';

const minFreeBytes = 1e9;
const easyFreeBytes = 20e9;
const maxClockOffsetMs = 2_000;
const maxReplicaDelaySeconds = 60;

function judgeVersion(check: string, { version, missingSettings }: HostFacts): Finding {
  const text = `ClickHouse ${version}`;
  if (missingSettings.length === 0) return { check, state: 'ok', text };
  const nextStep = 'Upgrade the server.';
  const names = missingSettings.join(', ');
  return { check, state: 'failed', text: `${text} is too old: it has no ${names}`, nextStep };
}

function judgeRights(check: string, missing: readonly string[] | null): Finding {
  if (missing === null)
    return { check, state: 'skipped', text: 'rights: this server cannot be asked (CHECK GRANT)' };
  if (missing.length === 0) return { check, state: 'ok', text: 'rights: the user has them' };
  const nextStep = missing.map((right) => `GRANT ${right} TO …;`).join(' ');
  return { check, state: 'failed', text: `rights: ${missing.join(', ')} missing`, nextStep };
}

function judgeClock(check: string, offsetMs: number): Finding {
  const text = `clock: ${formatDuration(Math.abs(offsetMs))} ${offsetMs < 0 ? 'behind' : 'ahead of'} this machine`;
  if (Math.abs(offsetMs) <= maxClockOffsetMs) return { check, state: 'ok', text };
  return { check, state: 'warning', text, nextStep: 'Synchronise both clocks (NTP).' };
}

function judgeSpace(check: string, freeBytes: number | null): Finding {
  if (freeBytes === null)
    return { check, state: 'skipped', text: 'disk: the user may not read system.disks' };
  const text = `disk: ${formatBytes(freeBytes)} free`;
  if (freeBytes >= easyFreeBytes) return { check, state: 'ok', text };
  const state = freeBytes < minFreeBytes ? 'failed' : 'warning';
  return { check, state, text, nextStep: 'Free some space there, or add a disk.' };
}

/** Nothing where nothing is replicated. */
function judgeReplication(check: string, replication: HostFacts['replication']): Finding[] {
  if (replication === null) return [];
  const { delaySeconds, queueSize, readOnlyTables, missingReplicas } = replication;
  if (readOnlyTables.length > 0) {
    const text = `replication: ${readOnlyTables.join(', ')} cannot be written to`;
    return [{ check, state: 'failed', text, nextStep: 'Check ClickHouse Keeper.' }];
  }
  const isLate = delaySeconds > maxReplicaDelaySeconds;
  const late = `${formatDuration(delaySeconds * 1_000)} behind, ${queueSize} tasks in the queue`;
  const text = `replication: ${late}`;
  if (missingReplicas > 0)
    return [
      {
        check,
        state: 'warning',
        text: `${text}, ${missingReplicas} replicas do not answer`,
        nextStep: 'Start them: deletions wait for all replicas.',
      },
    ];
  if (!isLate) return [{ check, state: 'ok', text }];
  const nextStep = 'Reads of this host lack the newest events: see system.replication_queue.';
  return [{ check, state: 'warning', text, nextStep }];
}

/** What a host says of itself, as findings. */
export const judgeHost = (host: string, facts: HostFacts): Finding[] => {
  const check = `ClickHouse ${new URL(host).host}`;
  return [
    judgeVersion(check, facts),
    judgeRights(check, facts.missingRights),
    judgeClock(check, facts.clockOffsetMs),
    judgeSpace(check, facts.freeBytes),
    ...judgeReplication(check, facts.replication),
  ];
};

/** Each ClickHouse server that the settings name; nothing without one. */
export async function checkClickHouse(config: ServerConfig): Promise<Finding[]> {
  const { inspectHost, readClickHouse } = await import('honeyhive-server');
  const target = await readClickHouse(config);
  const findings = (target?.hosts ?? []).map(async (host) => {
    try {
      return target === null ? [] : judgeHost(host, await inspectHost(host, target, Date));
    } catch (error) {
      const check = `ClickHouse ${new URL(host).host}`;
      const nextStep =
        'Check HH_CLICKHOUSE_URL, and that the server accepts connections from here.';
      return [{ check, state: 'failed', text: messageOf(error), nextStep } as const];
    }
  });
  return (await Promise.all(findings)).flat();
}
