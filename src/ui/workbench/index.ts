export { defineWorkbench, WorkbenchElement } from "./element.ts";
