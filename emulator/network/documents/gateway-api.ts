import { dump } from 'js-yaml'
import { gatewayDefinitions } from '../../kinds/gateway-api/index.ts'
import { defineDocument } from './document.ts'

/** The definitions of the Gateway API, as its release installs them. */
export const gatewayApi = defineDocument({
  address: 'github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.1/standard-install.yaml',
  text: () =>
    gatewayDefinitions.map((definition) => `---\n${dump(definition, { noRefs: true, lineWidth: -1 })}`).join(''),
})
