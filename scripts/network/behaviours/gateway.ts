import { behaviour, type Topic } from '../behaviour.ts'

const TRAFFIC = 'emulator/gateway-fabric/traffic.test.ts'

export const gateway: Topic = {
  title: 'Gateway API',
  behaviours: [behaviour('backends share requests by weight', `${TRAFFIC} › are shared among backends by weight`)],
}
