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
export type { AuditAction, AuditEntry } from './domain/audit-store.ts';
export type { ApiKey, KeyAccess } from './domain/key-store.ts';
export type { MetadataStore } from './domain/metadata-store.ts';
export type { Project } from './domain/project-store.ts';
export { BackupError, restoreBackup, writeBackup } from './store/backup.ts';
export type { BackupManifest } from './store/backup.ts';
export type { DataLock } from './store/data-lock.ts';
export { acquireLock, readLock } from './store/data-lock.ts';
export { openEventStore } from './store/events/event-store.ts';
export { openMetadataStore } from './store/metadata/metadata-store.ts';
export { TransferError, importLines, readLines, writeExport } from './transfer/index.ts';
export type {
  AnewReason,
  ExportHeader,
  ExportStart,
  ImportSummary,
  ProjectChoice,
  RecordCounts,
} from './transfer/index.ts';
export { version } from './version.ts';
