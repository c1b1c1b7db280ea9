import { behaviour, type Topic } from '../behaviour.ts'

const PORT_FORWARD = 'terminal/kubectl/port-forward/port-forward.test.ts'

export const insidePods: Topic = {
  title: 'Inside Pods',
  behaviours: [
    behaviour(
      'port-forward leads into a Pod',
      `${PORT_FORWARD} › leads from a port of the machine into a pod until it is stopped`,
    ),
  ],
}
