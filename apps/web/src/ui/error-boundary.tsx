import { Component, type ReactNode } from 'react';
import { Failure } from './failure.js';

interface Props {
  readonly children: ReactNode;
}

/** A page that fails leaves the shell standing. */
export class ErrorBoundary extends Component<Props, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <Failure error={this.state.error} retry={() => this.setState({ error: undefined })} />;
  }
}
