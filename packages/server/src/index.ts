export { startServer } from './compose.ts';
export type { RunningServer } from './compose.ts';
export { ConfigError, configOptions, formatOption, resolveConfig } from './config.ts';
export type {
  ConfigName,
  ConfigOption,
  ConfigOrigin,
  ResolvedConfig,
  ServerConfig,
} from './config.ts';
export type { EventStore } from './domain/event-store.ts';
export type { AuditAction, AuditEntry } from './audit/audit-store.ts';
export type { ApiKey, KeyAccess } from './keys/key-store.ts';
export type { MetadataStore } from './open-metadata.ts';
export type { Project } from './projects/project-store.ts';
export { BackupError, restoreBackup, writeBackup } from './store/backup/backup.ts';
export type { BackupManifest } from './store/backup/backup.ts';
export type { DataLock } from './store/data-lock.ts';
export { acquireLock, readLock } from './store/data-lock.ts';
export { openConfiguredEvents } from './configured-events.ts';
export { readClickHouse, readPostgresUrl } from './secret-file.ts';
export { inspectHost } from './store/events/engine/inspect-host.ts';
export type { HostFacts } from './store/events/engine/inspect-host.ts';
export { openEventStore } from './store/events/open-event-store.ts';
export { openConfiguredMetadata } from './configured-metadata.ts';
export { openMetadataStore } from './open-metadata.ts';
export { inspectPostgres } from './store/metadata/inspect-postgres.ts';
export type { PostgresFacts } from './store/metadata/inspect-postgres.ts';
export { TransferError, importLines, readLines, writeExport } from './transfer/index.ts';
export type {
  RestartReason,
  ExportHeader,
  ExportStart,
  ImportSummary,
  ProjectChoice,
  RecordCounts,
} from './transfer/index.ts';
export { version } from './version.ts';
