import { networkCommand } from './network-command.ts'

/** bind's host. */
export const host = networkCommand('host', 'Look up a name in DNS')
