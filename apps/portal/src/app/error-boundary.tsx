import { Component, type ReactNode } from 'react';
import { BrokenPage } from './broken-page.tsx';

/** Catches what went wrong in a page, so that header and footer stay and the visitor can go on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <BrokenPage /> : this.props.children;
  }
}
