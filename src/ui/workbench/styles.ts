/* The sheets of a workbench, of either kind, in the order in which they build on each other. */
import "./workbench.css";
import "../terminal/terminal.css";
import "../editor/editor.css";
import "./actions.css";
import "./findings.css";
import "../own-manifest/own-manifest.css";
import "./panes.css";
