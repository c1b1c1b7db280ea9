import type { ApiRequest, ApiResponse } from '../api/types.ts'
import { createImageSet, type ImageDefinition, type ImageSet } from '../node/image.ts'
import { PROGRAMS } from '../node/programs/index.ts'
import { agnhost } from './agnhost/index.ts'
import { alpine } from './alpine.ts'
import { busybox } from './busybox.ts'
import { caddy } from './caddy.ts'
import { coredns } from './coredns.ts'
import { curl } from './curl.ts'
import { debian } from './debian.ts'
import { jessieDnsutils } from './dnsutils.ts'
import { echoHostname } from './echo-hname.ts'
import { echoAddress } from './echo-ip.ts'
import { ealenEchoServer, jmallocEchoServer } from './echo-server.ts'
import { echoservers } from './echoserver.ts'
import { etcd } from './etcd.ts'
import { flannelImages } from './flannel.ts'
import { guestbookFrontEnd } from './guestbook.ts'
import { haproxy } from './haproxy.ts'
import { helloApp } from './hello-app.ts'
import { helloGoGke } from './hello-go-gke.ts'
import { helloKubernetes } from './hello-kubernetes.ts'
import { helloWorld } from './hello-world.ts'
import { hpaExample } from './hpa-example.ts'
import { httpEcho } from './http-echo.ts'
import { httpd } from './httpd.ts'
import { ingressNginxImages } from './ingress-nginx-controller.ts'
import { knote } from './knote.ts'
import { kodekloudImages } from './kodekloud.ts'
import { API_SERVER_REPOSITORY, createKubeApiserver } from './kube-apiserver.ts'
import { kubeControllerManager } from './kube-controller-manager.ts'
import { kubeProxy } from './kube-proxy.ts'
import { kubeScheduler } from './kube-scheduler.ts'
import { kubeWebhookCertgen } from './kube-webhook-certgen.ts'
import { kubernetesBootcamp } from './kubernetes-bootcamp.ts'
import { kubia } from './kubia.ts'
import { languageImages } from './languages.ts'
import { localPathProvisioner } from './local-path-provisioner.ts'
import { memcached } from './memcached.ts'
import { metricsServer } from './metrics-server.ts'
import { mirrored } from './mirrors.ts'
import { mongo } from './mongo/index.ts'
import { mongoExpress } from './mongo-express.ts'
import { mariadb, mysql } from './mysql/index.ts'
import { netshoot } from './netshoot.ts'
import { nginx } from './nginx.ts'
import { gatewayFabricImages } from './nginx-gateway-fabric.ts'
import { nginxHello } from './nginx-hello.ts'
import { nginxVariants } from './nginx-variants.ts'
import { nodeHello } from './node-hello.ts'
import { pause } from './pause.ts'
import { perl } from './perl.ts'
import { php } from './php.ts'
import { podinfo } from './podinfo.ts'
import { postgres } from './postgres/index.ts'
import { python } from './python.ts'
import { rabbitmq } from './rabbitmq/index.ts'
import { redis } from './redis/index.ts'
import { serveHostname } from './serve-hostname.ts'
import { simpleapp } from './simpleapp.ts'
import { stressImages } from './stress.ts'
import { systemFiles } from './systems/index.ts'
import { tomcat } from './tomcat.ts'
import { toolImages } from './tool-images.ts'
import { ubuntu } from './ubuntu.ts'
import { accountsOf, unknownImage } from './unknown.ts'
import { webappColor } from './webapp-color.ts'
import { webappConntest } from './webapp-conntest.ts'
import { whoami } from './whoami.ts'
import { wordpress } from './wordpress.ts'

/** What the image answers where it runs as any other: there is no cluster behind it. */
function withoutCluster(): ApiResponse {
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  return { status: 503, headers, warnings: [], body: 'apiserver not ready' }
}

const definitions: readonly ImageDefinition[] = [
  agnhost,
  alpine,
  busybox,
  coredns,
  curl,
  debian,
  jessieDnsutils,
  echoHostname,
  echoAddress,
  etcd,
  helloApp,
  helloGoGke,
  hpaExample,
  httpEcho,
  httpd,
  createKubeApiserver(withoutCluster),
  kubeControllerManager,
  kubeProxy,
  kubeScheduler,
  kubeWebhookCertgen,
  ...ingressNginxImages,
  ...gatewayFabricImages,
  localPathProvisioner,
  kubernetesBootcamp,
  kubia,
  ...flannelImages,
  metricsServer,
  mariadb,
  mysql,
  netshoot,
  nginxHello,
  nginx,
  pause,
  perl,
  postgres,
  python,
  redis,
  serveHostname,
  simpleapp,
  ...stressImages,
  ubuntu,
  webappColor,
  webappConntest,
  whoami,
  caddy,
  ealenEchoServer,
  ...echoservers,
  ...guestbookFrontEnd,
  haproxy,
  helloKubernetes,
  helloWorld,
  jmallocEchoServer,
  ...knote,
  ...kodekloudImages,
  ...languageImages,
  memcached,
  mongo,
  mongoExpress,
  ...nginxVariants,
  nodeHello,
  php,
  ...podinfo,
  rabbitmq,
  tomcat,
  ...toolImages,
  wordpress,
]

const accounts = accountsOf(definitions)

/** Every image that can be pulled. */
export const IMAGES: ImageSet = createImageSet(definitions, PROGRAMS, {
  mirrored,
  system: systemFiles,
  unknown: (repository, tag) => unknownImage(repository, tag, accounts),
})

/** The same images, but the API server's answers with the cluster's own API. */
export function withApiServer(images: ImageSet, api: (request: ApiRequest) => ApiResponse): ImageSet {
  let own: ImageSet | undefined
  return {
    find(repository, tag) {
      if (repository !== API_SERVER_REPOSITORY) return images.find(repository, tag)
      own ??= createImageSet([createKubeApiserver(api)], PROGRAMS, { system: systemFiles })
      return own.find(repository, tag)
    },
  }
}
