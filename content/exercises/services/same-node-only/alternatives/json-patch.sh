kubectl patch service ${app} --type=json -p '[{"op":"replace","path":"/spec/internalTrafficPolicy","value":"Local"}]'
