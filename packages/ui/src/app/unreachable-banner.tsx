import { useQueryClient } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';
import { ask } from '../api/client.ts';
import { useReachable } from '../api/reachability.ts';
import { shellText } from '../text/shell.ts';
import styles from './unreachable-banner.module.css';

const askEveryMs = 2_000;
const askTimeoutSeconds = 1.5;

/**
 * Says that the service does not answer, for as long as it does not; then everything on the screen is asked for again.
 */
export function UnreachableBanner() {
  const isReachable = useReachable();
  return (
    <div role="status">
      {!isReachable && (
        <p className={styles.banner}>
          <CloudOff aria-hidden />
          {shellText.unreachable}
          <AskAgain />
        </p>
      )}
    </div>
  );
}

function AskAgain() {
  const queries = useQueryClient();
  useEffect(() => {
    const askAgain = () => {
      ask('getHealth', { timeout: askTimeoutSeconds }).then(
        () => queries.invalidateQueries(),
        // Not yet: the next one may tell.
        () => undefined,
      );
    };
    const timer = setInterval(askAgain, askEveryMs);
    window.addEventListener('online', askAgain);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', askAgain);
    };
  }, [queries]);
  return null;
}
