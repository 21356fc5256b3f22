import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Files that take longest: begun last, they would run alone at the end of their stage. */
const slowFiles = [
  'transfer/transfer.engine',
  'test/ui/screen-states',
  'test/ui/screens',
  'test/faults/starvation',
  'test/faults/transfer',
  'test/ui/sessions-list',
  'sql/filter-sql.engine',
  'conformance/project-isolation',
  'src/main.process',
  'src/transfer.process',
  'faults/blocking-client',
  'ui/events-explorer',
  'faults/bombs',
  'conformance/hijack',
  'docs/blocks',
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const index = slowFiles.findIndex((part) => moduleId.includes(part));
  return index === -1 ? slowFiles.length : index;
};

/** Slow files first, on every machine: without a cache of earlier runs Vitest only knows how long the files are. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}
