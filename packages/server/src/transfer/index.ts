export { writeExport } from './export-file.ts';
export type { RestartReason, ExportStart } from './export-file.ts';
export { readLines } from './import-file.ts';
export { importLines } from './import-lines.ts';
export type { ImportSummary } from './import-lines.ts';
export type { ProjectChoice } from './project-choice.ts';
export { TransferError } from './transfer-error.ts';
export type { ExportHeader, RecordCounts } from './transfer-record.ts';
