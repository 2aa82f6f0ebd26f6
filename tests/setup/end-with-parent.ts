/** Loaded into a process that a test starts: it ends when its standard input does, so with whoever started it. */
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume();
