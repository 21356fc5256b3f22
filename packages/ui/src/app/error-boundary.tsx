import { Component } from 'react';
import type { ReactNode } from 'react';
import { ErrorState } from '../kit/states.tsx';
import { shellText } from '../text/shell.ts';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error: unknown;
}

/** Keeps what breaks in one place from taking the page with it. Give it a `key` that changes with the place. */
export class ErrorBoundary extends Component<Props, State> {
  override readonly state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    // Code that could not be fetched is not fetched again before the page is: so that is what is offered.
    return (
      <ErrorState
        title={shellText.crashed}
        error={this.state.error}
        retryLabel={shellText.reload}
        onRetry={() => window.location.reload()}
      />
    );
  }
}
