import { QueryCache, QueryClient } from '@tanstack/react-query';
import { HoneyHiveAuthenticationError } from 'honeyhive/fetch';

/** Key of who is signed in. */
export const signedInKey = ['signed-in'] as const;

/** Whether an error says that nobody is signed in, any more. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof HoneyHiveAuthenticationError && error.statusCode === 401;

/** What the service answered, kept and shared. The client repeats what failed; the cache need not. */
export function createQueryClient(): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // The page stays where it is and asks for the key again: afterwards one is back where one was.
      onError: (error, query) => {
        if (isSignedOut(error) && query.queryKey[0] !== signedInKey[0])
          queries.setQueryData(signedInKey, null);
      },
    }),
    defaultOptions: {
      queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  });
  return queries;
}
