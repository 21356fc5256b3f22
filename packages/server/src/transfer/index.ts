export { exportLines } from './export-lines.ts';
export { importLines } from './import-lines.ts';
export type { ImportSummary } from './import-lines.ts';
export type { ProjectChoice } from './project-choice.ts';
export { partialPath, readLines, writeLines } from './transfer-file.ts';
export { TransferError } from './transfer-error.ts';
export type { ExportHeader, RecordCounts } from './transfer-record.ts';
