import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, lazy, useEffect } from 'react';
import { createQueryClient } from '../api/query-client.ts';
import { useSignedIn } from '../api/signed-in.ts';
import { startHotkeys } from '../kit/hotkeys.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { Toasts } from '../kit/toasts.tsx';
import { Tooltips } from '../kit/tooltips.tsx';
import { startTheme } from '../state/theme.ts';
import { signInText } from '../text/sign-in.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Shell } from './shell.tsx';

const SignInScreen = lazy(async () => ({
  default: (await import('./sign-in-screen.tsx')).SignInScreen,
}));

const queries = createQueryClient();
startTheme();

export function App() {
  useEffect(startHotkeys, []);
  return (
    <QueryClientProvider client={queries}>
      <ErrorBoundary>
        <SignedInOrNot />
      </ErrorBoundary>
      <Toasts />
      <Tooltips />
    </QueryClientProvider>
  );
}

function SignedInOrNot() {
  const { data: signedIn, error, isPending, refetch } = useSignedIn();
  // Who was signed in before the service stopped answering still is.
  if (signedIn) return <Shell signedIn={signedIn} />;
  if (isPending) return <Skeleton />;
  if (error)
    return <ErrorState title={signInText.unknown} error={error} onRetry={() => void refetch()} />;
  return (
    <Suspense>
      <SignInScreen />
    </Suspense>
  );
}
