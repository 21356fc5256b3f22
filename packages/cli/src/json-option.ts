import type { OptionRow } from './command.ts';

export const json: OptionRow = { flag: '--json', value: null, doc: 'Print JSON, for programs.' };
