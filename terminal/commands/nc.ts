import { networkCommand } from './network-command.ts'

/** netcat as a client. */
export const nc = networkCommand('nc', 'Open TCP and UDP connections')
