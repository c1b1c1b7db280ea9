/** Why the server cannot start, in one sentence that says what to do: printed without a stack, then exit code 1. */
export class StartError extends Error {}
