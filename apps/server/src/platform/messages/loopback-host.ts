/** Whether a host name of a URL is this computer, whatever the resolver says: there, plain text is no risk. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
