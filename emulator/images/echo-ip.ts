import { lineImage } from './echo-hname.ts'
import { ownAddress } from './own-address.ts'

/** Answers with the request's method and the address of its Pod. */
export const echoAddress = lineImage(
  'docker.io/sysnet4admin/echo-ip',
  (process, request) => `request_method : ${request.method} | ip_dest: ${ownAddress(process)}`,
)
