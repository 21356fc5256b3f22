import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readPart, type PartAddress, type PartContent } from '../api/event-part.ts';
import { decideSizeStep, headBytes } from './size-ladder.ts';

/** A part of an event on its way here. */
export interface PartLoading {
  readonly data: PartContent | undefined;
  readonly error: Error | null;
  /** How much of it has come, bytes; null when nothing is coming or nothing came yet. */
  readonly progress: { readonly loaded: number; readonly total: number } | null;
  readonly retry: () => void;
}

/** How much of a part to load, bytes: all of it, or of a very large one its beginning. */
const limitOf = (totalBytes: number): number =>
  decideSizeStep(totalBytes) === 'head' ? headBytes : totalBytes;

/**
 * Loads a part of an event.
 *
 * @param isWhole all of it, however large
 */
export function useEventPart(address: PartAddress, isWhole: boolean): PartLoading {
  const [progress, setProgress] = useState<PartLoading['progress']>(null);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['event-part', address, isWhole],
    queryFn: ({ signal }) =>
      readPart(address, {
        signal,
        limit: isWhole ? (totalBytes) => totalBytes : limitOf,
        onProgress: (loaded, total) => setProgress({ loaded, total }),
      }),
    // Text of megabytes is not worth its memory for long.
    gcTime: 60_000,
    placeholderData: (previous) => previous,
  });
  return { data, error, progress: isFetching ? progress : null, retry: () => void refetch() };
}
