import { networkCommand } from './network-command.ts'

/** curl 7.88 for HTTP and HTTPS. */
export const curl = networkCommand('curl', 'Transfer a URL')
