/** For a few nodes, and whoever looks in by hand. */
const MAX_CONNECTIONS = 100;

/**
 * How our PostgreSQL is set, for a machine of two cores and a few gigabytes that runs the rest of Sigillo as
 * well. Given at every start on the command line, so that a new version of Sigillo changes them for everyone.
 */
export function serverSettings(
  majorVersion: number,
  maxConnections = MAX_CONNECTIONS,
): Record<string, string> {
  return {
    max_connections: String(maxConnections),
    shared_buffers: '128MB',
    max_parallel_workers_per_gather: '0',
    jit: 'off',

    // What was acknowledged is on the disk.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',

    // Fewer, larger checkpoints; half a gigabyte of log at most, in ordinary times.
    checkpoint_timeout: '15min',
    max_wal_size: '512MB',
    min_wal_size: '80MB',

    timezone: 'UTC',
    log_timezone: 'UTC',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: '%m [%p] ',
    // Statements carry what people typed; the log keeps neither them nor their values.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',

    // 18 reads through worker processes unless told otherwise: more processes than this machine has use for.
    ...(majorVersion >= 18 && { io_method: 'sync' }),
  };
}
