import { HoneyHiveAuthenticationError } from 'honeyhive/fetch';
import { ErrorState, NoPermission } from '../kit/states.tsx';
import { listText } from '../text/list.ts';

const isRefusal = (error: unknown): boolean =>
  error instanceof HoneyHiveAuthenticationError && error.statusCode === 403;

/** Loading failed, and there are no earlier rows. */
export const ListFailure = ({
  error,
  onRetry,
}: {
  readonly error: Error;
  readonly onRetry: () => void;
}) =>
  isRefusal(error) ? (
    <NoPermission />
  ) : (
    <ErrorState title={listText.rowsFailed} error={error} onRetry={onRetry} />
  );
