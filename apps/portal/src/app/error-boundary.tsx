import { Component, type ReactNode } from 'react';
import { BrokenPage } from './broken-page.tsx';

interface ErrorBoundaryProps {
  /** Address of the page inside: going elsewhere forgets what broke here. */
  place: string;
  children: ReactNode;
}

interface ErrorBoundaryState {
  place: string;
  broken: boolean;
}

/** Catches what went wrong in a page, so that header and footer stay and the visitor can go on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state = { place: this.props.place, broken: false };

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { broken: true };
  }

  static getDerivedStateFromProps(
    { place }: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): ErrorBoundaryState {
    return place === state.place ? state : { place, broken: false };
  }

  override render(): ReactNode {
    return this.state.broken ? <BrokenPage /> : this.props.children;
  }
}
