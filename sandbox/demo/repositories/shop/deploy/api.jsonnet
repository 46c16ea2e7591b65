// What follows from an environment's size: values of the chart that nobody should have to choose.
local config = std.extVar("config");
local large = config.replicas > 1;

{
  resources: {
    requests: { cpu: if large then "200m" else "50m", memory: if large then "128Mi" else "64Mi" },
  },
}
