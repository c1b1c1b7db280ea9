import { networkCommand } from './network-command.ts'

/** Entries of the hosts database, as the resolver library finds them. */
export const getent = networkCommand('getent', 'Look up hosts as programs do')
