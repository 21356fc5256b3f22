import type { SkeletonColumns } from '../../trace/skeleton.ts';

/** An event in a few words, for tests: a tool that starts a second after the one before it and takes 100 ms. */
export interface Sketch {
  readonly id: string;
  readonly parent?: string;
  readonly name?: string;
  readonly type?: string;
  readonly start?: number;
  readonly duration?: number;
  readonly error?: boolean;
  readonly tokens?: number;
}

export function toSkeleton(sketches: readonly Sketch[]): SkeletonColumns {
  const ids = sketches.map(({ id }) => id);
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const nameIndexes = toIndexes(sketches.map(({ name, id }) => name ?? id));
  const typeIndexes = toIndexes(sketches.map(({ type }) => type ?? 'tool'));
  const toParent = (parent: string | undefined) =>
    parent === undefined ? -1 : (indexes.get(parent) ?? -2);
  return {
    ids,
    names: [...nameIndexes.keys()],
    types: [...typeIndexes.keys()],
    models: [],
    parent: sketches.map(({ parent }) => toParent(parent)),
    type: sketches.map(({ type }) => typeIndexes.get(type ?? 'tool') ?? 0),
    name: sketches.map(({ name, id }) => nameIndexes.get(name ?? id) ?? 0),
    model: sketches.map(() => -1),
    start: sketches.map(({ start }, index) => start ?? index * 1000),
    duration: sketches.map(({ duration }) => duration ?? 100),
    error: sketches.map(({ error }) => (error ? 1 : 0)),
    tokens: sketches.map(({ tokens }) => tokens ?? -1),
    cost: sketches.map(() => -1),
    feedback: sketches.map(() => 0),
  };
}

function toIndexes(values: readonly string[]): Map<string, number> {
  return new Map([...new Set(values)].map((value, index) => [value, index]));
}
