# fails: outside endpoints way-back
kubectl set selector service ${app} app=${app},version=green
