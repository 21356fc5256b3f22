import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient, UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { SignedIn } from 'honeyhive-wire';
import { ask, setCsrfToken } from './client.ts';
import { forgetEarlyAnswers } from './early-answers.ts';
import { takeSignInCode } from './sign-in-link.ts';
import { isSignedOut, signedInKey } from './query-client.ts';

function remember(signedIn: SignedIn): SignedIn {
  setCsrfToken(signedIn.csrf_token);
  return signedIn;
}

/** Whether a link that signs in once was tried and refused. */
let isLinkRefused = false;

export const wasLinkRefused = (): boolean => isLinkRefused;

/** Signs in with the link that the service printed, when the page was opened with it. */
async function followLink(signal: AbortSignal): Promise<SignedIn | null> {
  const code = takeSignInCode();
  if (code === null) return null;
  try {
    return await ask('signInWithCode', { body: { code }, signal });
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    isLinkRefused = true;
    return null;
  }
}

async function readSignedIn(signal: AbortSignal): Promise<SignedIn | null> {
  try {
    return remember((await followLink(signal)) ?? (await ask('getSignIn', { signal })));
  } catch (error) {
    if (isSignedOut(error)) return null;
    throw error;
  }
}

/** What one key was shown is not for another. */
function startOver(queries: QueryClient, signedIn: SignedIn | null): void {
  forgetEarlyAnswers();
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== signedInKey[0] });
  queries.setQueryData(signedInKey, signedIn);
}

/** Who is signed in; null when nobody is. */
export const useSignedIn = (): UseQueryResult<SignedIn | null> =>
  useQuery({
    queryKey: signedInKey,
    queryFn: ({ signal }) => readSignedIn(signal),
    staleTime: 300_000,
    // Somebody may have signed out elsewhere, or made a project.
    refetchOnWindowFocus: 'always',
  });

/** Signs in with an API key. */
export function useSignIn(): UseMutationResult<SignedIn, Error, string> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (apiKey: string) =>
      remember(await ask('signIn', { body: { api_key: apiKey } })),
    onSuccess: (signedIn) => startOver(queries, signedIn),
  });
}

/** Ends the sign-in, here and on the service. */
export function useSignOut(): UseMutationResult<void, Error, void> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await ask('signOut');
    },
    onSuccess() {
      setCsrfToken(null);
      startOver(queries, null);
    },
  });
}
