/*
 * What containerd says when a program can not be run, as recorded with containerd 1.6 and runc 1.1 (newer runc has "error during container
 * init: " before "exec:" of a container's start).
 */

/** Of a container whose command names a program that its image does not have. */
export function startError(program: string): string {
  return `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${notFound(program)}: unknown`;
}

/** Of a program that was to run beside a container's own. `execId`: 64 hexadecimal digits. */
export function execError(program: string, execId: string): string {
  return `rpc error: code = Unknown desc = ${failedToExec(program, execId)}`;
}

/** The same as a client hears it who had the program run (containerd internal/cri/streaming ServeExec). */
export function execFailure(program: string, execId: string): string {
  return `error executing command in container: ${failedToExec(program, execId)}`;
}

function failedToExec(program: string, execId: string): string {
  return `failed to exec in container: failed to start exec "${execId}": OCI runtime exec failed: exec failed: unable to start container process: ${notFound(program)}: unknown`;
}

function notFound(program: string): string {
  const reason = program.includes("/")
    ? `stat ${program}: no such file or directory`
    : "executable file not found in $PATH";
  return `exec: "${program}": ${reason}`;
}
