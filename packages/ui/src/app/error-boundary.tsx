import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../kit/button.tsx';
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
    return (
      <>
        <ErrorState
          title={shellText.crashed}
          error={this.state.error}
          onRetry={() => this.setState({ error: null })}
        />
        <Button onClick={() => window.location.reload()}>{shellText.reload}</Button>
      </>
    );
  }
}
